/** Numerics that several learners share, each written once and stable over the whole range. */
@NullMarked
package io.anabranch.models.math;

import org.jspecify.annotations.NullMarked;
