/** What must hold afterwards. Plain classes: they are told what was seen, and say what is wrong. */
@NullMarked
package io.anabranch.cluster.check;

import org.jspecify.annotations.NullMarked;
