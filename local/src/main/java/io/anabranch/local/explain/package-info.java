/**
 * What a pipeline would do, told before it does it: resolved defaults, a sample read by the job's
 * own code, the sizes of models, and what to beware of. Starts nothing.
 */
@NullMarked
package io.anabranch.local.explain;

import org.jspecify.annotations.NullMarked;
