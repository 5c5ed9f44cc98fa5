/** One run of a pipeline in this process, from its checks to its summary. */
@NullMarked
package io.anabranch.local.run;

import org.jspecify.annotations.NullMarked;
