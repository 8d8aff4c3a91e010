package io.ipam.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** Data sources whose connections fail as a test requires. */
final class Connections {
    private Connections() {}

    /** The result of a method of a connection, or a failure instead. */
    interface Interceptor {
        Object call(Connection connection, Method method, Object[] arguments) throws Throwable;
    }

    /** A cut of the connection at its next call of a method. */
    static final class Cut {
        private final AtomicReference<String> before = new AtomicReference<>("");
        private final AtomicReference<String> after = new AtomicReference<>("");

        void beforeNext(String method) {
            before.set(method);
        }

        void afterNext(String method) {
            after.set(method);
        }
    }

    /** Each connection is aborted at a cut. */
    static DataSource cutting(DataSource source, Cut cut) {
        return intercepting(source, (connection, method, arguments) -> {
            if (cut.before.compareAndSet(method.getName(), "")) {
                throw lost(connection);
            }
            Object result = invoke(connection, method, arguments);
            if (cut.after.compareAndSet(method.getName(), "")) {
                throw lost(connection);
            }
            return result;
        });
    }

    private static SQLException lost(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback(); // the database does so when the connection is lost
        }
        connection.abort(Runnable::run);
        return new SQLNonTransientConnectionException("the connection was cut", "08006");
    }

    /** A call of these methods fails the test. */
    static DataSource failing(DataSource source, String... methods) {
        return intercepting(source, (connection, method, arguments) -> {
            if (Set.of(methods).contains(method.getName())) {
                throw new AssertionError(method.getName() + " was called");
            }
            return invoke(connection, method, arguments);
        });
    }

    /** Notes the limit of each trip, and runs a body before each deletion. */
    static DataSource observed(DataSource source, List<Integer> limits, Runnable beforeDeletion) {
        return intercepting(source, (connection, method, arguments) -> {
            if (method.getName().equals("setNetworkTimeout")) {
                limits.add((Integer) arguments[1]);
            }
            if (method.getName().equals("prepareStatement") && ((String) arguments[0]).startsWith("delete")) {
                beforeDeletion.run();
            }
            return invoke(connection, method, arguments);
        });
    }

    /** A data source that throws an unchecked exception at a cut before getConnection. */
    static DataSource refusing(DataSource source, Cut cut) {
        return proxy(DataSource.class, (ignored, method, arguments) -> {
            if (cut.before.compareAndSet(method.getName(), "")) {
                throw new IllegalStateException("the pool reconnects");
            }
            return invoke(source, method, arguments);
        });
    }

    /** Each connection has a warning, as after a commit that was not replicated. */
    static DataSource warning(DataSource source) {
        return intercepting(
                source,
                (connection, method, arguments) -> method.getName().equals("getWarnings")
                        ? new SQLWarning("canceling wait for synchronous replication", "01000")
                        : invoke(connection, method, arguments));
    }

    private static DataSource intercepting(DataSource source, Interceptor interceptor) {
        return proxy(DataSource.class, (ignored, method, arguments) -> {
            Object result = invoke(source, method, arguments);
            return result instanceof Connection connection
                    ? proxy(Connection.class, (self, called, with) -> interceptor.call(connection, called, with))
                    : result;
        });
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Connections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
