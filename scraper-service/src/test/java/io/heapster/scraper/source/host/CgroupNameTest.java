package io.heapster.scraper.source.host;

import static io.heapster.scraper.source.host.HostFixture.CRI_ID;
import static io.heapster.scraper.source.host.HostFixture.DOCKER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupNameTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "'', /",
        "system.slice/ssh.service, system.slice/ssh.service",
        "system.slice/docker-D.scope, docker/0123456789ab",
        "docker/D, docker/0123456789ab",
        "system.slice/docker-D.scope/init.scope, docker/0123456789ab/init.scope",
        "kubepods.slice/kubepods-podx.slice/cri-containerd-C.scope, containerd/fedcba987654",
        "system.slice/containerd.service/kubepods-burstable-podx.slice:cri-containerd:C, containerd/fedcba987654",
        "kubepods.slice/crio-C.scope, cri-o/fedcba987654",
        "kubepods.slice/crio-conmon-C.scope, cri-o-conmon/fedcba987654",
        "machine.slice/libpod-C.scope/container, podman/fedcba987654/container",
        "kubepods/burstable/podx/C, kubepods/burstable/podx/fedcba987654",
        "system.slice/a\\x2db.service, system.slice/a-b.service",
    })
    void namesPeopleKnow(String path, String name) {
        assertThat(new CgroupName(root).of(path.replace("D", DOCKER_ID).replace("C", CRI_ID)))
                .isEqualTo(name);
    }

    @Test
    void theNameDockerKnowsItByWhereThatMayBeRead() {
        HostFixture.machine(root)
                .file(
                        "var/lib/docker/containers/" + DOCKER_ID + "/config.v2.json",
                        "{\"ID\":\"x\",\"Name\":\"/web\",\"Driver\":\"overlay2\"}");

        assertThat(new CgroupName(root).of("docker/" + DOCKER_ID)).isEqualTo("docker/web");
    }
}
