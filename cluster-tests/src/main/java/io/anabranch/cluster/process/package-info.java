/** Processes of their own: started, paused, killed, and never left behind. */
@NullMarked
package io.anabranch.cluster.process;

import org.jspecify.annotations.NullMarked;
