/**
 * Learning inside of one's own DataStream job: {@link OnlineLearning} is where to begin, the
 * examples in {@code examples/embedding} show whole programs. What is public here is marked with
 * Flink's own {@link org.apache.flink.annotation.Public} or {@link
 * org.apache.flink.annotation.PublicEvolving} and guarded by a test; no transport and no format may
 * enter.
 */
@NullMarked
package io.anabranch.operators.embed;

import org.jspecify.annotations.NullMarked;
