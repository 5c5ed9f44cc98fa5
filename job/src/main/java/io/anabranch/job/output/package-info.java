/**
 * What leaves the job, byte by byte: the JSON of predictions and metrics, and dead letters with
 * their headers. Plain classes; what they are written to is decided elsewhere.
 */
@NullMarked
package io.anabranch.job.output;

import org.jspecify.annotations.NullMarked;
