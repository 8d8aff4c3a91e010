package io.ipam.store.testkit;

/** A hook that the tests of a store may provide, and the interface of the tests that need it. */
public enum Capability {
    /** To forget all state in this process. */
    REOPEN(ReopenContract.class),
    /** To kill the server, or the process that has the files open. */
    CRASH(CrashContract.class),
    /** To break the connection between a request and its answer. */
    CONNECTION(ConnectionContract.class),
    /** To change entries outside commits. */
    EDIT(EditContract.class),
    /** To restore a backup. */
    BACKUP(BackupContract.class),
    /** To trim after few commits. */
    TRIM(TrimContract.class);

    private final Class<? extends StoreContract> contract;

    Capability(Class<? extends StoreContract> contract) {
        this.contract = contract;
    }

    /** {@return the interface of the tests} */
    public Class<? extends StoreContract> contract() {
        return contract;
    }
}
