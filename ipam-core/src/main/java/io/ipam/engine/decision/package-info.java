/** Decisions on views: grants and releases, without locks and side effects. Not exported. */
@NullMarked
package io.ipam.engine.decision;

import org.jspecify.annotations.NullMarked;
