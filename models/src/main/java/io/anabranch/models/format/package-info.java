/**
 * The versioned, checksummed binary format of models and of blocks of shared models, described in
 * docs/model-format.md. What a payload means is each learner's business and stays out.
 */
@NullMarked
package io.anabranch.models.format;

import org.jspecify.annotations.NullMarked;
