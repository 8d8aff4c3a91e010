/**
 * The engine: grants, releases, catalog updates, and queries over one state, which is in memory or
 * the replica of a realm. Not exported.
 */
@NullMarked
package io.ipam.engine;

import org.jspecify.annotations.NullMarked;
