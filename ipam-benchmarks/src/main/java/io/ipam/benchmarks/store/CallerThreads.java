package io.ipam.benchmarks.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/** The kind of threads on which callers run. Thread safety: safe. */
enum CallerThreads {
    PLATFORM,
    /** Only Java 21 and later have them, and this code is compiled for Java 17. */
    VIRTUAL;

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final Optional<MethodHandle> START_VIRTUAL = findStartVirtual();

    private static Optional<MethodHandle> findStartVirtual() {
        if (Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS) {
            return Optional.empty();
        }
        try {
            MethodType type = MethodType.methodType(Thread.class, Runnable.class);
            return Optional.of(MethodHandles.lookup().findStatic(Thread.class, "startVirtualThread", type));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this Java has such threads. */
    boolean isAvailable() {
        return this == PLATFORM || START_VIRTUAL.isPresent();
    }

    /** Starts a thread of an available kind. */
    Thread start(Runnable caller) {
        if (this == PLATFORM) {
            Thread thread = new Thread(caller, "caller");
            thread.start();
            return thread;
        }
        try {
            return (Thread) START_VIRTUAL.orElseThrow().invokeExact(caller);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
