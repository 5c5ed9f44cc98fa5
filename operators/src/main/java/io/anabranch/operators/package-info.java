/**
 * The Flink operators that carry learners: trainers, parameter shards, label join and evaluation;
 * Flink and the models may enter, Kafka and pipeline files may not.
 */
@NullMarked
package io.anabranch.operators;

import org.jspecify.annotations.NullMarked;
