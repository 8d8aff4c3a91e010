package io.ipam.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Databases of H2, most of them in files, with the tables of the store. */
public final class H2File {
    private H2File() {}

    /** A database that stays open until {@link #shutDown}. */
    public static DataSource in(Path folder) {
        JdbcDataSource source = source(folder);
        JdbcStore.createSchema(source);
        return source;
    }

    /** A database without a file, which ends with the process. */
    static DataSource inMemory(String name) {
        JdbcDataSource source = sourceOf("mem:" + name);
        JdbcStore.createSchema(source);
        return source;
    }

    public static JdbcDataSource source(Path folder) {
        return sourceOf("file:" + folder.resolve("ipam").toAbsolutePath());
    }

    private static JdbcDataSource sourceOf(String place) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + place + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return source;
    }

    public static void shutDown(DataSource source) throws SQLException {
        execute(source, "shutdown");
    }

    public static int execute(DataSource source, String sql, Object... parameters) throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
