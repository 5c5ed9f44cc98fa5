/** Benchmarks: JMH kernels, whole jobs and comparisons; nothing depends on them. */
@NullMarked
package io.anabranch.bench;

import org.jspecify.annotations.NullMarked;
