package io.ipam.engine.commit;

import java.util.concurrent.TimeUnit;

/**
 * The daemon thread that runs a committer. The caller's thread never calls the store, because a
 * store may close its connection if its thread is interrupted.
 *
 * <p>Thread safety: safe.
 */
public final class CommitterThread {
    private final Committer<?> committer;
    private final Inbox<?> inbox;
    private final Thread thread;

    private CommitterThread(String name, Committer<?> committer, Inbox<?> inbox) {
        this.committer = committer;
        this.inbox = inbox;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Starts a thread.
     *
     * @param name its name
     * @param committer the committer
     * @param inbox the committer's inbox
     * @return the thread
     */
    public static CommitterThread start(String name, Committer<?> committer, Inbox<?> inbox) {
        CommitterThread started = new CommitterThread(name, committer, inbox);
        started.thread.start();
        return started;
    }

    private void run() {
        Pause pause = committer.step(nowMillis());
        while (!pause.equals(Pause.END)) {
            try {
                inbox.await(pause);
            } catch (InterruptedException e) {
                inbox.close(); // Only a shutdown interrupts this thread.
            }
            pause = committer.step(nowMillis());
        }
    }

    /** {@return the time of the committer's monotonic clock} */
    public static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /**
     * Waits until the committer has ended.
     *
     * @param millis the maximum time
     * @return whether it has ended
     */
    public boolean join(long millis) {
        boolean isInterrupted = false;
        long deadline = nowMillis() + millis;
        while (thread.isAlive() && nowMillis() < deadline) {
            try {
                thread.join(Math.max(1, deadline - nowMillis()));
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
