package io.ipam.benchmarks.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A PostgreSQL server of its own, which ends with it. Thread safety: safe. */
final class EmbeddedPostgresBackend extends JdbcBackend {
    private final EmbeddedPostgres server;

    EmbeddedPostgresBackend() {
        this(start());
    }

    private EmbeddedPostgresBackend(EmbeddedPostgres server) {
        super(StoreKind.POSTGRESQL, server.getPostgresDatabase());
        this.server = server;
    }

    /** The builder switches fsync off by default. */
    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String description() {
        return super.description() + ", fsync and synchronous_commit on, TCP to localhost";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
