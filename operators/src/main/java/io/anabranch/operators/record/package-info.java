/**
 * The stream elements that leave and enter operators, each with explicit type information and its
 * own serializer where it is hot.
 */
@NullMarked
package io.anabranch.operators.record;

import org.jspecify.annotations.NullMarked;
