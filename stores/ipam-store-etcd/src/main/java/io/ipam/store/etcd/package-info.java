/** A store of an {@link io.ipam.Ipam} in etcd 3.4 or later. */
@NullMarked
package io.ipam.store.etcd;

import org.jspecify.annotations.NullMarked;
