/**
 * What passes between decoding, learning and scoring: the encoded record, the prediction and the
 * target. Mutable buffers live here and only here; anything that allocates per record stays out.
 */
@NullMarked
package io.anabranch.models.data;

import org.jspecify.annotations.NullMarked;
