/** What is done to the cluster and when: a pure function of a seed. */
@NullMarked
package io.anabranch.cluster.schedule;

import org.jspecify.annotations.NullMarked;
