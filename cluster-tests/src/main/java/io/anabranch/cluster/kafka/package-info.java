/** The broker's process, feeding and reading. */
@NullMarked
package io.anabranch.cluster.kafka;

import org.jspecify.annotations.NullMarked;
