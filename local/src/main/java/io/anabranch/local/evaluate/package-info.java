/**
 * Prequential evaluation of a pipeline on a file, in this process: the job's own decoder, encoder,
 * learners and scores, without Kafka and Flink, and what is shown of it.
 */
@NullMarked
package io.anabranch.local.evaluate;

import org.jspecify.annotations.NullMarked;
