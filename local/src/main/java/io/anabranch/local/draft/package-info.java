/**
 * Pipeline files written for a data file: what its profile suggests, and how it is put into YAML.
 */
@NullMarked
package io.anabranch.local.draft;

import org.jspecify.annotations.NullMarked;
