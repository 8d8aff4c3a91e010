package io.ipam.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files of H2 whose name begins with {@code count:}, with the number of calls of force. */
public final class CountingFiles extends FilePathWrapper {
    private static final AtomicInteger FORCED = new AtomicInteger();

    /** For H2. */
    public CountingFiles() {}

    static void register() {
        FilePath.register(new CountingFiles());
    }

    /** The number of times that a file was forced to the disk. */
    static int forced() {
        return FORCED.get();
    }

    @Override
    public String getScheme() {
        return "count";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Counted(super.open(mode));
    }

    private static final class Counted extends FileBase {
        private final FileChannel file;

        Counted(FileChannel file) {
            this.file = file;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
            FORCED.incrementAndGet();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return file.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
