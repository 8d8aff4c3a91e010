package io.ipam.benchmarks.store;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;

/**
 * The least that etcd can do for a durable conditional commit. One transaction puts one key if it
 * has the expected value. The messages are those of jetcd.
 *
 * <p>Thread safety: none.
 */
final class PlainEtcd implements PlainClient {
    private static final ByteString KEY = ByteString.copyFromUtf8("bench");
    private static final int KEYS_PER_PAGE = 5_000;

    private final ManagedChannel channel;
    private final KVGrpc.KVBlockingStub client;
    private long revision;

    PlainEtcd(String target) {
        channel = EtcdBackend.channel(target);
        client = KVGrpc.newBlockingStub(channel).withMaxInboundMessageSize(Integer.MAX_VALUE);
    }

    private static ByteString value(long revision) {
        return ByteString.copyFromUtf8(Long.toString(revision));
    }

    private static PutRequest put(long revision) {
        return PutRequest.newBuilder().setKey(KEY).setValue(value(revision)).build();
    }

    @Override
    public double rate(long millis) {
        client.put(put(revision));
        return CommitRate.of(millis, this::commit);
    }

    private void commit() {
        Compare isExpected = Compare.newBuilder()
                .setKey(KEY)
                .setTarget(Compare.CompareTarget.VALUE)
                .setResult(Compare.CompareResult.EQUAL)
                .setValue(value(revision))
                .build();
        TxnRequest update = TxnRequest.newBuilder()
                .addCompare(isExpected)
                .addSuccess(RequestOp.newBuilder().setRequestPut(put(revision + 1)))
                .build();
        if (!client.txn(update).getSucceeded()) {
            throw new IllegalStateException("the key does not have revision " + revision);
        }
        revision++;
    }

    /** Pages at one revision of etcd. */
    @Override
    public int readHeld(String realm) {
        RangeRequest.Builder page = RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("/ipam/" + realm + "/a/"))
                .setRangeEnd(ByteString.copyFromUtf8("/ipam/" + realm + "/a0"))
                .setLimit(KEYS_PER_PAGE);
        int count = 0;
        boolean hasMore = true;
        while (hasMore) {
            RangeResponse response = client.range(page.build());
            for (KeyValue pair : response.getKvsList()) {
                count += pair.getValue().toStringUtf8().isEmpty() ? 0 : 1;
                page.setKey(pair.getKey().concat(ByteString.copyFrom(new byte[1])));
            }
            page.setRevision(response.getHeader().getRevision());
            hasMore = response.getMore();
        }
        return count;
    }

    @Override
    public String text() {
        return "conditional updates of one key with jetcd's messages";
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
