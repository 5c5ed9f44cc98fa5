/** Linear models over coordinates, their storage, and how their deltas merge. */
@NullMarked
package io.anabranch.models.linear;

import org.jspecify.annotations.NullMarked;
