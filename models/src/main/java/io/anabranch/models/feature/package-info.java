/**
 * From typed fields to coordinates. The same code runs in training, serving and offline evaluation,
 * so that there is no skew between them.
 */
@NullMarked
package io.anabranch.models.feature;

import org.jspecify.annotations.NullMarked;
