/**
 * What must hold of the rendered manifests of {@code k8s/}: schemas, and rules that a schema cannot
 * express. Only what a rule needs to know may enter; rendering is Kustomize's.
 */
@NullMarked
package io.anabranch.k8s;

import org.jspecify.annotations.NullMarked;
