package io.ipam.engine;

import io.ipam.store.StoreException;

/** A realm is in another phase than an operation requires: it exists already, or it is loading. */
final class RealmPhaseException extends StoreException {
    private static final long serialVersionUID = 1L;

    RealmPhaseException(String message) {
        super(message);
    }

    static RealmPhaseException loading() {
        return new RealmPhaseException(
                "the realm is loading: its creation has not ended; repeat Ipam.create with the same input");
    }
}
