package io.ipam.proof;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** {@link NaiveEngine} under one lock: every call is one step. Thread safety: safe. */
final class LockedEngine implements Calls {
    private final NaiveEngine engine = new NaiveEngine();
    private final ReentrantLock lock = new ReentrantLock();

    private <T> T locked(Supplier<T> call) {
        lock.lock();
        try {
            return call.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String ask(int who, int request) {
        return locked(() -> engine.ask(who, request));
    }

    @Override
    public String given(int who, int address) {
        return locked(() -> engine.given(who, address));
    }

    @Override
    public String release(int who) {
        return locked(() -> engine.release(who));
    }

    @Override
    public String releaseInterface(int who, String interfaceName) {
        return locked(() -> engine.releaseInterface(who, interfaceName));
    }

    @Override
    public String releaseAddress(int who, int address, boolean first) {
        return locked(() -> engine.releaseAddress(who, address, first));
    }

    @Override
    public String handOver(int from, int to) {
        return locked(() -> engine.handOver(from, to));
    }

    @Override
    public String swap(int from, int to, boolean force) {
        return locked(() -> engine.swap(from, to, force));
    }

    @Override
    public String usage(String pool) {
        return locked(() -> engine.usage(pool));
    }

    @Override
    public String export() {
        return locked(engine::export);
    }

    @Override
    public String wipe() {
        return locked(engine::wipe);
    }
}
