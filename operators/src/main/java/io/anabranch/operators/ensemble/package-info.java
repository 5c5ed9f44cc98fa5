/**
 * Ensembles: members in keyed state, spread over subtasks, each of which is shown every record; and
 * the place where their votes on one record meet.
 */
@NullMarked
package io.anabranch.operators.ensemble;

import org.jspecify.annotations.NullMarked;
