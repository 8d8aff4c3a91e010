/** The opening and the creation of realms, and the threads of an open one. Not exported. */
@NullMarked
package io.ipam.engine.realm;

import org.jspecify.annotations.NullMarked;
