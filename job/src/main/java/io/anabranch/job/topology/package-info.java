/**
 * The shape of the job: what is connected to what, under which names. Sources and sinks are
 * arguments, so that tests run the very topology that production runs; Kafka may not enter.
 */
@NullMarked
package io.anabranch.job.topology;

import org.jspecify.annotations.NullMarked;
