/**
 * Decisions on views: grants, releases, and hand-overs, without locks and side effects. Not
 * exported.
 */
@NullMarked
package io.ipam.engine.decision;

import org.jspecify.annotations.NullMarked;
