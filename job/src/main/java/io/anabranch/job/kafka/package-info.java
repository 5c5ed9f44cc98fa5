/**
 * Kafka's side of the job: sources and sinks, the topics it needs, and the lease that lets one run
 * per pipeline through.
 */
@NullMarked
package io.anabranch.job.kafka;

import org.jspecify.annotations.NullMarked;
