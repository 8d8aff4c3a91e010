package io.ipam.store.jdbc.crash;

import io.ipam.crash.CrashWorker;
import io.ipam.crash.CrashedStore;
import io.ipam.crash.StoreRows;
import io.ipam.store.StateStore;
import io.ipam.store.jdbc.H2File;
import io.ipam.store.jdbc.JdbcStore;
import io.ipam.store.jdbc.JdbcStoreSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of a run, as an argument of a process: {@code h2:FOLDER} or {@code pg:PORT}. */
record Database(String text) implements CrashedStore {
    static Database h2(Path folder) {
        return new Database("h2:" + folder);
    }

    static Database postgres(int port) {
        return new Database("pg:" + port);
    }

    boolean isShared() {
        return text.startsWith("pg:");
    }

    @Override
    public Class<?> worker() {
        return Worker.class;
    }

    @Override
    public StateStore session(String process, String realm) {
        JdbcStoreSettings settings = JdbcStoreSettings.defaults().withKept(CrashWorker.KEPT, Duration.ofDays(1));
        return JdbcStore.of(source(process), realm, settings);
    }

    @Override
    public StoreRows rows(String realm) {
        try {
            return Rows.read(source("check"), realm);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The database for a process, whose connections bear its name. */
    DataSource source(String process) {
        String place = text.substring(3);
        if (!isShared()) {
            return H2File.source(Path.of(place));
        }
        PGSimpleDataSource source = new PGSimpleDataSource(); // not of PostgresServer, which would start a server
        source.setURL("jdbc:postgresql://localhost:" + place + "/postgres?user=postgres");
        source.setApplicationName(process);
        return source;
    }
}
