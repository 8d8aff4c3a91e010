package io.ipam.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.AuthEnableRequest;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthRoleAddRequest;
import io.etcd.jetcd.api.AuthRoleGrantPermissionRequest;
import io.etcd.jetcd.api.AuthUserAddRequest;
import io.etcd.jetcd.api.AuthUserGrantRoleRequest;
import io.etcd.jetcd.api.Permission;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Family;
import io.ipam.house.Await;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.StoreUnavailableException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS and users, with the code of docs/stores.md. The user {@code ipam} may use only the keys of
 * the realm {@code default}.
 */
@Tag("etcd")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecurityTest {
    private static final String PASSWORD = "correct horse";
    private static final PoolCatalog CATALOG = PoolCatalog.of(
            Pool.builder("blue", "10.6.0.0/16").ips("10.6.1.1-10.6.1.99").build());
    private static final PoolSelections FROM_BLUE = PoolSelections.none().withPod(PoolNames.of(Family.IPV4, "blue"));
    private static final IpamSettings SETTINGS = IpamSettings.defaults().withFamilies(Set.of(Family.IPV4));

    @TempDir
    static Path shared;

    private static Certificates certificates;

    @TempDir
    Path folder;

    private final List<ManagedChannel> channels = new ArrayList<>();
    private boolean hasUsers;

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.in(shared);
        certificates.server("server");
        certificates.client("ipam");
        certificates.client("root");
    }

    @BeforeEach
    void forgetUsers() {
        hasUsers = false;
    }

    @AfterEach
    void closeChannels() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    /** The administrator has a certificate and a password. */
    private final class Administrator implements EtcdNodes.Access {
        private final boolean hasCertificate;

        Administrator(boolean hasCertificate) {
            this.hasCertificate = hasCertificate;
        }

        @Override
        public String scheme() {
            return "https";
        }

        @Override
        public ManagedChannel channelTo(int port) {
            ClientInterceptor[] login = hasUsers && !hasCertificate
                    ? new ClientInterceptor[] {EtcdPassword.of("root", PASSWORD)}
                    : new ClientInterceptor[0];
            return Grpc.newChannelBuilder("localhost:" + port, hasCertificate ? mutual("root") : tls())
                    .disableRetry()
                    .intercept(login)
                    .build();
        }
    }

    private static ChannelCredentials tls() {
        return credentials(TlsChannelCredentials.newBuilder());
    }

    private static ChannelCredentials mutual(String client) {
        try {
            return credentials(TlsChannelCredentials.newBuilder()
                    .keyManager(
                            new File(certificates.file(client + ".pem")),
                            new File(certificates.file(client + "-key.pem"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChannelCredentials credentials(TlsChannelCredentials.Builder builder) {
        try {
            return builder.trustManager(new File(certificates.file("ca.pem"))).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EtcdNodes start(boolean withCertificates, String... more) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                "--cert-file", certificates.file("server.pem"),
                "--key-file", certificates.file("server-key.pem"),
                "--bcrypt-cost", "4"));
        if (withCertificates) {
            options.addAll(List.of("--client-cert-auth", "--trusted-ca-file", certificates.file("ca.pem")));
        }
        options.addAll(List.of(more));
        Administrator administrator = new Administrator(withCertificates);
        EtcdNodes nodes = new EtcdNodes(folder, administrator, 1, options.toArray(String[]::new));
        addUsers(keep(administrator.channelTo(nodes.ports().get(0))));
        return nodes;
    }

    private ManagedChannel keep(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    private void addUsers(ManagedChannel channel) {
        AuthGrpc.AuthBlockingStub auth = AuthGrpc.newBlockingStub(channel);
        for (String user : List.of("root", "ipam")) {
            auth.userAdd(AuthUserAddRequest.newBuilder()
                    .setName(user)
                    .setPassword(PASSWORD)
                    .build());
            auth.roleAdd(AuthRoleAddRequest.newBuilder().setName(user).build());
            auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                    .setUser(user)
                    .setRole(user)
                    .build());
        }
        permit(auth, "/ipam/default");
        auth.authEnable(AuthEnableRequest.getDefaultInstance());
        hasUsers = true;
    }

    private static void permit(AuthGrpc.AuthBlockingStub auth, String prefix) {
        auth.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                .setName("ipam")
                .setPerm(Permission.newBuilder()
                        .setPermType(Permission.Type.READWRITE)
                        .setKey(ByteString.copyFromUtf8(prefix + "/"))
                        .setRangeEnd(ByteString.copyFromUtf8(prefix + "0")))
                .build());
    }

    /** The code of the page, with the port and the files of this test. */
    private PageCode.Opened open(EtcdNodes nodes, String code) throws Exception {
        String here = code.replace(
                        "etcd.infra:2379", "localhost:" + nodes.ports().get(0))
                .replaceAll("new File\\(\"(.+?)\"\\)", "new File(\"" + shared + "/$1\")");
        return PageCode.run(here, folder.resolve("code"), CATALOG, SETTINGS, PASSWORD);
    }

    private static String withPassword() {
        String ipam = PageCode.block("Ipam.openOrCreate").lines().reduce("", (all, line) -> line);
        return PageCode.block("EtcdPassword.of") + ipam + "\n";
    }

    private static void verifyWorks(Ipam ipam, String pod) {
        Owner owner = Owner.stateless("shop", pod, pod);
        ipam.allocate(Workload.of(owner), FROM_BLUE).orElseThrow();
        assertEquals(1, ipam.release(owner).size());
        ipam.sync();
        assertEquals(List.of(), ipam.state().verify());
    }

    private StoreUnavailableException refused(ManagedChannel channel, String realm) {
        EtcdStore store = EtcdStore.of(keep(channel), realm);
        return assertThrows(StoreUnavailableException.class, store::load);
    }

    private ManagedChannel channel(EtcdNodes nodes, ChannelCredentials credentials, ClientInterceptor... login) {
        return Grpc.newChannelBuilder("localhost:" + nodes.ports().get(0), credentials)
                .disableRetry()
                .intercept(login)
                .build();
    }

    private static void assertMessage(String part, StoreUnavailableException refused) {
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    @Test
    void documentedCertificate_serverRequiresIt_isTheUser() throws Exception {
        try (EtcdNodes nodes = start(true);
                PageCode.Opened opened =
                        open(nodes, PageCode.block("keyManager") + PageCode.block("Ipam.openOrCreate"))) {
            verifyWorks(opened.ipam(), "p");
            assertMessage("permission denied", refused(channel(nodes, mutual("ipam")), "other"));
            assertMessage("UNAVAILABLE", refused(channel(nodes, tls()), "default"));
            assertMessage("UNAVAILABLE", refused(channel(nodes, InsecureChannelCredentials.create()), "default"));
        }
    }

    @Test
    void documentedPassword_serverHasUsers_isAccepted() throws Exception {
        try (EtcdNodes nodes = start(false);
                PageCode.Opened opened = open(nodes, withPassword())) {
            verifyWorks(opened.ipam(), "p");
            EtcdPassword right = EtcdPassword.of("ipam", PASSWORD);
            assertMessage("permission denied", refused(channel(nodes, tls(), right), "other"));
            EtcdPassword wrong = EtcdPassword.of("ipam", "battery staple");
            assertMessage("authentication failed", refused(channel(nodes, tls(), wrong), "default"));
            assertMessage("user name is empty", refused(channel(nodes, tls()), "default"));
        }
    }

    /** The tokens of etcd are in the memory of the server. */
    @Test
    void documentedPassword_serverRestarted_obtainsAnotherToken() throws Exception {
        try (EtcdNodes nodes = start(false);
                PageCode.Opened opened = open(nodes, withPassword())) {
            for (int i = 0; i < 2; i++) {
                verifyWorks(opened.ipam(), "p" + i);
                nodes.killAll();
                nodes.startAll();
            }
            verifyWorks(opened.ipam(), "last");
        }
    }

    /** A token lives for a second without use. */
    @Test
    void documentedPassword_tokenExpired_obtainsAnotherToken() throws Exception {
        IpamSettings quiet = SETTINGS.withNewsInterval(Duration.ofMinutes(5));
        try (EtcdNodes nodes = start(false, "--auth-token-ttl", "1")) {
            EtcdPassword password = EtcdPassword.of("ipam", PASSWORD);
            EtcdStore store = EtcdStore.of(keep(channel(nodes, tls(), password)), "default");
            try (Ipam ipam = Ipam.openOrCreate(store, CATALOG, quiet)) {
                for (int i = 0; i < 2; i++) {
                    verifyWorks(ipam, "p" + i);
                    assertMessage("invalid auth token", expired(nodes));
                }
            }
        }
    }

    /**
     * Waits until etcd refuses a token that was issued after all others. The store does not repeat
     * its call, as an Ipam does.
     */
    private StoreUnavailableException expired(EtcdNodes nodes) {
        EtcdPassword password = EtcdPassword.of("ipam", PASSWORD);
        EtcdStore store = EtcdStore.of(keep(channel(nodes, tls(), password)), "default");
        store.load().close();
        AtomicReference<StoreUnavailableException> refused = new AtomicReference<>();
        Await.until("a token that was not used for 3 seconds is refused", () -> {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            try {
                store.load().close();
            } catch (StoreUnavailableException e) {
                refused.set(e);
            }
            return refused.get() != null;
        });
        store.load().close();
        return refused.get();
    }

    /** A signed token contains the revision of the permissions, and etcd refuses an earlier one. */
    @Test
    void documentedPassword_permissionsChanged_obtainsAnotherToken() throws Exception {
        certificates.tokens("tokens");
        String signed = "jwt,pub-key=%s,priv-key=%s,sign-method=RS256,ttl=10m"
                .formatted(certificates.file("tokens.pem"), certificates.file("tokens-key.pem"));
        try (EtcdNodes nodes = start(false, "--auth-token", signed);
                PageCode.Opened opened = open(nodes, withPassword())) {
            verifyWorks(opened.ipam(), "p");
            EtcdPassword password = EtcdPassword.of("ipam", PASSWORD);
            EtcdStore store = EtcdStore.of(keep(channel(nodes, tls(), password)), "default");
            store.load().close();
            permit(AuthGrpc.newBlockingStub(keep(channel(nodes, tls(), EtcdPassword.of("root", PASSWORD)))), "/more");
            verifyWorks(opened.ipam(), "q");
            assertMessage("revision of auth store is old", assertThrows(StoreUnavailableException.class, store::load));
            store.load().close();
        }
    }

    @Test
    void certificates_keytool_arePem() throws IOException {
        for (String file : List.of("ca.pem", "server.pem", "ipam-key.pem")) {
            assertTrue(Files.readString(shared.resolve(file), UTF_8).startsWith("-----BEGIN "), file);
        }
    }
}
