/** The pipeline file: what it can say, how it is read, and every error it can have. */
@NullMarked
package io.anabranch.job.pipeline;

import org.jspecify.annotations.NullMarked;
