/**
 * Flink ML on current Flink: estimators that take Flink ML's vectors and parameters and learn with
 * Anabranch's operators, so that Flink ML's own models have an unbounded stream of model data to
 * transform with. Flink ML and the Table API may enter here and nowhere else.
 */
@NullMarked
package io.anabranch.flinkml;

import org.jspecify.annotations.NullMarked;
