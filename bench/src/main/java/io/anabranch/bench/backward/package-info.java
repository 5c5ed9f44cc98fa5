/**
 * What the way back to the trainers costs: an edge of the job, or a topic that each process reads.
 */
@NullMarked
package io.anabranch.bench.backward;

import org.jspecify.annotations.NullMarked;
