/* ippeveprinter wants to announce itself through Avahi's daemons, which a test machine does not run. Preloaded, these
 * stand in for libavahi-client and say that all went well; nothing is announced, and nothing needs it to be.
 *
 *   cc -shared -fPIC -o no-dns-sd.so no-dns-sd.c
 */
static int nothing;

void *avahi_threaded_poll_new(void) { return &nothing; }
void *avahi_threaded_poll_get(void *poll) { return &nothing; }
int avahi_threaded_poll_start(void *poll) { return 0; }
void avahi_threaded_poll_lock(void *poll) {}
void avahi_threaded_poll_unlock(void *poll) {}

void *avahi_client_new(void *poll, int flags, void *callback, void *data, int *error) { return &nothing; }
int avahi_client_errno(void *client) { return 0; }
const char *avahi_client_get_host_name_fqdn(void *client) { return "localhost"; }

void *avahi_entry_group_new(void *client, void *callback, void *data) { return &nothing; }
int avahi_entry_group_add_service_strlst(void *group, int interface, int protocol, int flags, const char *name,
                                         const char *type, const char *domain, const char *host, unsigned short port,
                                         void *text) { return 0; }
int avahi_entry_group_add_service_subtype(void *group, int interface, int protocol, int flags, const char *name,
                                          const char *type, const char *domain, const char *subtype) { return 0; }
int avahi_entry_group_commit(void *group) { return 0; }
void avahi_entry_group_free(void *group) {}
