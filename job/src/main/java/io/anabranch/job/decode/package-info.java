/**
 * From the bytes of a record to an encoded example. Whatever is in the bytes, the outcome is an
 * example or a {@link io.anabranch.job.decode.RecordException} that says why not; nothing of Flink
 * or Kafka enters.
 */
@NullMarked
package io.anabranch.job.decode;

import org.jspecify.annotations.NullMarked;
