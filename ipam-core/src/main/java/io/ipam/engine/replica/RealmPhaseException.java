package io.ipam.engine.replica;

import io.ipam.store.StoreException;

/** A realm is in another phase than an operation requires: it exists already, or it is loading. */
public final class RealmPhaseException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** A refusal with a message. */
    public RealmPhaseException(String message) {
        super(message);
    }

    /** {@return the refusal of a realm that is loading} */
    public static RealmPhaseException loading() {
        return new RealmPhaseException(
                "the realm is loading: its creation has not ended; repeat Ipam.create with the same input");
    }
}
