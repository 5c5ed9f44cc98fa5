/** Shared models of the largest space: what ever new values do to them, and what they take. */
@NullMarked
package io.anabranch.bench.large;

import org.jspecify.annotations.NullMarked;
