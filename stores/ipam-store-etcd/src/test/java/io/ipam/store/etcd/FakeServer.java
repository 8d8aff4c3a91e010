package io.ipam.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A gRPC server over {@link FakeEtcd}. It can lose answers and can be killed. */
final class FakeServer {
    /** The failure that the next transaction meets. */
    record Fault(Status status, boolean isAfterwards) {
        /** The answer is never sent. */
        static final Fault SILENCE = after(Status.OK);

        /** The answer is an empty message. */
        static final Fault EMPTY = after(Status.OK.withDescription("empty"));

        static Fault before(Status status) {
            return new Fault(status, false);
        }

        static Fault after(Status status) {
            return new Fault(status, true);
        }
    }

    private final FakeEtcd etcd = new FakeEtcd();
    private final List<TxnRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicReference<Fault> fault = new AtomicReference<>();
    private final AtomicReference<Runnable> arrival = new AtomicReference<>(() -> {});
    private final Map<StreamObserver<WatchResponse>, Watched> watches = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Server server;

    FakeServer() throws IOException {
        server = start(0);
    }

    private Server start(int port) throws IOException {
        return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .executor(threads)
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .addService(new Kv())
                .addService(new Watches())
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    FakeEtcd etcd() {
        return etcd;
    }

    /** The transactions that have arrived. */
    List<TxnRequest> requests() {
        return requests;
    }

    void fail(Fault next) {
        fault.set(next);
    }

    /** Runs when the next transaction has arrived, before it is executed. */
    void onArrival(Runnable body) {
        arrival.set(body);
    }

    int countWatches() {
        return watches.size();
    }

    /** Ends every watch by a message, as etcd does; the streams stay open. */
    void cancelWatches() {
        List<StreamObserver<WatchResponse>> all = new ArrayList<>(watches.keySet());
        watches.clear();
        all.forEach(watch -> send(watch, WatchResponse.newBuilder().setCanceled(true)));
    }

    /** Ends every watch with an error. */
    void endWatches() {
        List<StreamObserver<WatchResponse>> all = new ArrayList<>(watches.keySet());
        watches.clear();
        all.forEach(watch -> watch.onError(Status.UNAVAILABLE.asRuntimeException()));
    }

    /** Ends all connections, and starts again with the same keys. */
    void crash() throws IOException, InterruptedException {
        int port = port();
        end();
        server = start(port);
    }

    private void end() throws InterruptedException {
        watches.clear();
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    void stop() throws InterruptedException {
        end();
        threads.shutdownNow();
    }

    private final class Kv extends KVGrpc.KVImplBase {
        @Override
        public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
            RequestOp read = RequestOp.newBuilder().setRequestRange(request).build();
            TxnResponse response =
                    etcd.execute(TxnRequest.newBuilder().addSuccess(read).build());
            observer.onNext(response.getResponses(0).getResponseRange().toBuilder()
                    .setHeader(response.getHeader())
                    .build());
            observer.onCompleted();
        }

        @Override
        public void txn(TxnRequest request, StreamObserver<TxnResponse> observer) {
            requests.add(request);
            arrival.getAndSet(() -> {}).run();
            Fault now = fault.getAndSet(null);
            if (now != null && !now.isAfterwards()) {
                observer.onError(now.status().asRuntimeException());
                return;
            }
            try {
                TxnResponse response = etcd.execute(request);
                watches.values().forEach(Watched::sendChanges);
                if (now == Fault.SILENCE) {
                    return;
                }
                if (now == Fault.EMPTY) {
                    observer.onNext(TxnResponse.getDefaultInstance());
                    observer.onCompleted();
                } else if (now != null) {
                    observer.onError(now.status().asRuntimeException());
                } else {
                    observer.onNext(response);
                    observer.onCompleted();
                }
            } catch (StatusRuntimeException refused) {
                observer.onError(refused);
            }
        }
    }

    /** A watch of one key, which sends each change of it once. */
    private final class Watched {
        private final StreamObserver<WatchResponse> observer;
        private final ByteString key;
        private long next;

        Watched(StreamObserver<WatchResponse> observer, WatchCreateRequest request) {
            this.observer = observer;
            this.key = request.getKey();
            this.next = etcd.revision() + 1;
        }

        synchronized void sendChanges() {
            for (Event change : etcd.changes(key, next)) {
                next = change.getKv().getModRevision() + 1;
                send(observer, WatchResponse.newBuilder().addEvents(change));
            }
        }
    }

    private static void send(StreamObserver<WatchResponse> watch, WatchResponse.Builder response) {
        synchronized (watch) {
            watch.onNext(response.build());
        }
    }

    private final class Watches extends WatchGrpc.WatchImplBase {
        @Override
        public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> observer) {
            // Otherwise an event for a cancelled watch would fail its transaction.
            ((ServerCallStreamObserver<WatchResponse>) observer).setOnCancelHandler(() -> watches.remove(observer));
            return new StreamObserver<>() {
                @Override
                public void onNext(WatchRequest request) {
                    Watched watched = new Watched(observer, request.getCreateRequest());
                    send(observer, WatchResponse.newBuilder().setCreated(true));
                    watches.put(observer, watched);
                    watched.sendChanges();
                }

                @Override
                public void onError(Throwable ended) {
                    watches.remove(observer);
                }

                @Override
                public void onCompleted() {
                    watches.remove(observer);
                    observer.onCompleted();
                }
            };
        }
    }
}
