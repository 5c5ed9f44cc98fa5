/** A Flink cluster from the jars of a distribution, and its client; knows nothing of Anabranch. */
@NullMarked
package io.anabranch.cluster.flink;

import org.jspecify.annotations.NullMarked;
