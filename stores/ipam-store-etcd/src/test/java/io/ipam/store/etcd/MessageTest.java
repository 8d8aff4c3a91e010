package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The messages of this module against the ones that etcd's definitions generate. */
class MessageTest {
    @Property
    void txn_any_isReadByGeneratedMessage(@ForAll("txns") Txn txn) throws InvalidProtocolBufferException {
        assertEquals(
                generated(txn),
                TxnRequest.parseFrom(txn.message().bytes()).toBuilder().build());
    }

    private static TxnRequest generated(Txn txn) {
        TxnRequest.Builder request = TxnRequest.newBuilder();
        txn.conditions().forEach(condition -> request.addCompare(generated(condition)));
        txn.success().forEach(operation -> request.addSuccess(generated(operation)));
        txn.failure().forEach(operation -> request.addFailure(generated(operation)));
        return request.build();
    }

    private static Compare generated(Condition condition) {
        Compare.Builder compare =
                Compare.newBuilder().setKey(bytes(condition.key())).setRangeEnd(bytes(condition.end()));
        return switch (condition.kind()) {
            case ABSENT ->
                compare.setResult(Compare.CompareResult.EQUAL)
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setVersion(0)
                        .build();
            case EXISTS ->
                compare.setResult(Compare.CompareResult.GREATER)
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setVersion(0)
                        .build();
            case EQUALS ->
                compare.setResult(Compare.CompareResult.EQUAL)
                        .setTarget(Compare.CompareTarget.VALUE)
                        .setValue(bytes(condition.value()))
                        .build();
            case CREATED_SINCE ->
                compare.setResult(Compare.CompareResult.GREATER)
                        .setTarget(Compare.CompareTarget.CREATE)
                        .setCreateRevision(condition.created() - 1)
                        .build();
        };
    }

    private static RequestOp generated(Operation operation) {
        RequestOp.Builder request = RequestOp.newBuilder();
        if (operation instanceof Get get) {
            request.getRequestRangeBuilder()
                    .setKey(bytes(get.key()))
                    .setRangeEnd(bytes(get.end()))
                    .setLimit(get.limit())
                    .setRevision(get.revision());
        } else if (operation instanceof Operation.Put put) {
            request.getRequestPutBuilder().setKey(bytes(put.key())).setValue(bytes(put.value()));
        } else if (operation instanceof Operation.Delete delete) {
            request.getRequestDeleteRangeBuilder().setKey(bytes(delete.key())).setRangeEnd(bytes(delete.end()));
        }
        return request.build();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    @Provide
    Arbitrary<Txn> txns() {
        return Combinators.combine(
                        conditions().list().ofMaxSize(4),
                        operations().list().ofMaxSize(4),
                        operations().list().ofMaxSize(4))
                .as(Txn::new);
    }

    private static Arbitrary<Condition> conditions() {
        return Combinators.combine(
                        Arbitraries.of(Condition.Kind.class),
                        texts(),
                        texts(),
                        texts().filter(text -> !text.isEmpty()),
                        Arbitraries.longs().greaterOrEqual(1))
                .as((kind, key, end, value, created) ->
                        new Condition(kind, key, end, kind == Condition.Kind.EQUALS ? value : "", created));
    }

    private static Arbitrary<Operation> operations() {
        Arbitrary<Operation> gets = Combinators.combine(
                        texts(),
                        texts(),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .as(Get::new);
        Arbitrary<Operation> puts = Combinators.combine(texts(), texts()).as(Operation.Put::new);
        Arbitrary<Operation> deletes = Combinators.combine(texts(), texts()).as(Operation.Delete::new);
        return Arbitraries.oneOf(List.of(gets, puts, deletes));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("a/\u0000\u00e9\u20ac|").ofMaxLength(300);
    }

    @Property
    void result_ofGeneratedMessage_isRead(
            @ForAll boolean succeeded, @ForAll long revision, @ForAll @Size(max = 5) List<List<String>> values) {
        TxnResponse.Builder response = TxnResponse.newBuilder()
                .setSucceeded(succeeded)
                .setHeader(ResponseHeader.newBuilder()
                        .setClusterId(-1)
                        .setMemberId(7)
                        .setRevision(revision)
                        .setRaftTerm(3));
        List<List<String>> texts = values.stream()
                .map(list -> list.stream().map(MessageTest::storable).toList())
                .toList();
        for (List<String> list : texts) {
            RangeResponse.Builder range =
                    RangeResponse.newBuilder().setMore(!list.isEmpty()).setCount(list.size());
            list.forEach(text -> range.addKvsBuilder()
                    .setKey(bytes("k"))
                    .setCreateRevision(9)
                    .setModRevision(Long.MAX_VALUE)
                    .setVersion(1)
                    .setLease(-5)
                    .setValue(bytes(text)));
            response.addResponses(ResponseOp.newBuilder().setResponseRange(range));
            response.addResponsesBuilder().getResponsePutBuilder();
        }
        List<Range> ranges = texts.stream()
                .map(list -> new Range(
                        list.stream().map(text -> new KeyValue("k", text, 9)).toList(), !list.isEmpty()))
                .toList();
        assertEquals(
                new Txn.Result(succeeded, revision, ranges),
                Txn.Result.read(response.build().toByteArray()));
    }

    /** A surrogate without its partner is not in any message. */
    private static String storable(String text) {
        return bytes(text).toStringUtf8();
    }

    @Property
    void read_anyBytes_throwsOnlyIllegalArgument(@ForAll byte[] bytes) {
        try {
            Txn.Result.read(bytes);
        } catch (IllegalArgumentException malformed) {
            assertEquals(false, malformed.getMessage().isEmpty());
        }
    }

    @Property
    void read_messageCutOff_throwsOrReadsLess(@ForAll @Size(max = 8) List<String> values) {
        TxnResponse.Builder response = TxnResponse.newBuilder();
        RangeResponse.Builder range = RangeResponse.newBuilder();
        values.forEach(text -> range.addKvsBuilder().setValue(bytes(text)));
        byte[] whole = response.addResponses(ResponseOp.newBuilder().setResponseRange(range))
                .build()
                .toByteArray();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IllegalArgumentException.class, () -> Txn.Result.read(cut));
        }
    }

    @Test
    void next_everyKindOfField_isSkipped() {
        byte[] bytes = {
            0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x12, 2, 'a', 'b', 0x1d, 1, 2, 3, 4, 0x20, (byte) 0x96, 1, 0x2a, 1, 'z'
        };
        MessageReader reader = new MessageReader(bytes);
        StringBuilder fields = new StringBuilder();
        while (reader.next()) {
            fields.append(reader.field())
                    .append(reader.field() == 4 ? "=" + reader.number() : "")
                    .append(' ');
        }
        assertEquals("1 2 3 4=150 5 ", fields.toString());
        assertEquals("z", reader.text());
    }

    @Test
    void next_unknownKind_throws() {
        assertThrows(IllegalArgumentException.class, () -> new MessageReader(new byte[] {0x0b}).next());
    }

    @Property
    void number_any_isKept(@ForAll long value) {
        MessageReader reader =
                new MessageReader(new MessageWriter().presentNumber(3, value).bytes());
        assertEquals(true, reader.next());
        assertEquals(3, reader.field());
        assertEquals(value, reader.number());
        assertEquals(false, reader.next());
    }

    @Test
    void watch_request_isReadByGeneratedMessage() throws InvalidProtocolBufferException {
        WatchRequest expected = WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(bytes("/ipam/default/head")))
                .build();
        assertEquals(expected, WatchRequest.parseFrom(WatchEvent.request("/ipam/default/head")));
    }

    @Test
    void watch_event_isRead() {
        WatchResponse.Builder response =
                WatchResponse.newBuilder().setWatchId(3).setCreated(true);
        assertEquals(
                new WatchEvent(false, Optional.empty()),
                WatchEvent.read(response.build().toByteArray()));
        assertEquals(
                new WatchEvent(true, Optional.empty()),
                WatchEvent.read(response.setCanceled(true).build().toByteArray()));
    }

    @Test
    void watch_eventsOfKey_areReadAsTheLastValue() {
        WatchResponse.Builder response = WatchResponse.newBuilder().setWatchId(3);
        response.addEventsBuilder().getKvBuilder().setKey(bytes("k")).setValue(bytes("1|a"));
        response.addEventsBuilder().getKvBuilder().setKey(bytes("k")).setValue(bytes("2|b"));
        assertEquals(
                new WatchEvent(false, Optional.of("2|b")),
                WatchEvent.read(response.build().toByteArray()));
        response.addEventsBuilder()
                .setType(Event.EventType.DELETE)
                .getKvBuilder()
                .setKey(bytes("k"));
        assertEquals(
                new WatchEvent(false, Optional.of("")),
                WatchEvent.read(response.build().toByteArray()));
    }

    @Test
    void login_request_isReadByGeneratedMessage() throws InvalidProtocolBufferException {
        AuthenticateRequest expected = AuthenticateRequest.newBuilder()
                .setName("ipam")
                .setPassword("s\u00e9cret")
                .build();
        assertEquals(expected, AuthenticateRequest.parseFrom(new EtcdPassword.Login("ipam", "s\u00e9cret").bytes()));
    }

    @Test
    void login_response_isRead() {
        AuthenticateResponse response = AuthenticateResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setRevision(7))
                .setToken("a.1")
                .build();
        assertEquals("a.1", EtcdPassword.Login.token(response.toByteArray()));
    }

    @Test
    void required_ofEachKind_isTheValueOfEquals() {
        assertEquals(Optional.of("v"), Condition.is("k", Optional.of("v")).required());
        assertEquals(Optional.empty(), Condition.is("k", Optional.empty()).required());
        assertEquals(Optional.empty(), Condition.exists("k").required());
    }
}
