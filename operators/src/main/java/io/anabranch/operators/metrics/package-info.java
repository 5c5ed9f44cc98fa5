/**
 * What a running job tells Flink's metric reporters: one registry of all metrics, and the groups in
 * which operators register them. Nothing in here may cost a record more than a few nanoseconds.
 */
@NullMarked
package io.anabranch.operators.metrics;

import org.jspecify.annotations.NullMarked;
