package io.ipam.store.jdbc.crash;

import io.ipam.store.jdbc.H2File;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of a run, as an argument of a process: {@code h2:FOLDER} or {@code pg:PORT}. */
record Database(String text) {
    static Database h2(Path folder) {
        return new Database("h2:" + folder);
    }

    static Database postgres(int port) {
        return new Database("pg:" + port);
    }

    boolean isShared() {
        return text.startsWith("pg:");
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
