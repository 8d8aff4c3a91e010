package io.ipam.store.jdbc.crash;

import io.ipam.crash.CrashWorker;
import java.io.IOException;

/** A process that works on a realm in a database. */
final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        CrashWorker.run(arguments, Database::new);
    }
}
