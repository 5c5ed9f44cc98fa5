/**
 * Learners that many subtasks train at once: trainers, parameter shards and receivers as Flink
 * operators. They adapt; the protocol is in {@code exchange}.
 */
@NullMarked
package io.anabranch.operators.shared;

import org.jspecify.annotations.NullMarked;
