/**
 * The changes under the swap lock: catalog updates, ended and opened pools, restored states, and
 * reconciliation. Not exported.
 */
@NullMarked
package io.ipam.engine.swap;

import org.jspecify.annotations.NullMarked;
