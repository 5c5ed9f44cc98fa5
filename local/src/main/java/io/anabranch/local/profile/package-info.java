/**
 * What a sample of a data file shows: what stands in its fields, and which roles they could have. *
 * {@link Profiler} looks at plain files; {@link Sampler} at what a pipeline makes of them, through
 * the job's own decoder. Nothing here starts Kafka or Flink, or learns.
 */
@NullMarked
package io.anabranch.local.profile;

import org.jspecify.annotations.NullMarked;
