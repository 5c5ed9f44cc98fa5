/**
 * The embedded default and the command line: a Kafka broker, a Flink cluster and the job in one
 * process; nobody but the benchmarks depends on it.
 */
@NullMarked
package io.anabranch.local;

import org.jspecify.annotations.NullMarked;
